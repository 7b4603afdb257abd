"""What the face mesh detector is made of: two neural networks and the way from 468 points to 68."""
