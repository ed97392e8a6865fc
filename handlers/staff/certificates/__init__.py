"""Certificates as officers issue, revoke and reissue them."""
