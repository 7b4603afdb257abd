"""Where every face is in every frame: found, followed, doubted, told apart and made calm."""
