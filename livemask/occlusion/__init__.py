"""Occlusion: what is in front of a face: a hand, a cup, somebody's arm."""
