"""The first start on a bare machine: questions, the settings they give, and what is made of them."""
