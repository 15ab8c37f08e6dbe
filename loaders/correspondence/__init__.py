"""What is registered against what the law names: how names are compared, mapping files, and the links that follow."""
