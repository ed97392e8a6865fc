"""Every kind of notice, declared once: what it is about, why one gets it, and how it is stopped."""
