"""What residents say: what came in, forms they have begun, and questions that are asked often or found nothing."""
