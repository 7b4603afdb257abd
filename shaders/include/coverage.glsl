// Share of a pixel inside the shape where `distance` is positive, for outlines without steps.
// `distance` may have any unit that changes evenly over a pixel.
float coverage(float distance) {
    float per_pixel = length(vec2(dFdx(distance), dFdy(distance)));
    return clamp(distance / max(per_pixel, 1e-6) + 0.5, 0.0, 1.0);
}
