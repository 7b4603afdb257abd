"""dlib's shape predictor, read from its file and run by livemask's own loops."""
