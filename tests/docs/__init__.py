"""What is promised in the documents, held to what there is."""
