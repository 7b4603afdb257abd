"""The parts of `build_head_model.py`: from public-domain sources to livemask's own head."""
