// Share of a pixel inside the shape where `distance` is positive, for outlines without steps.
// `distance` may have any unit that changes evenly over a pixel. The soft edge lies inside, for
// outside nothing is drawn where the shape touches the border of its triangles.
float coverage(float distance) {
    float per_pixel = length(vec2(dFdx(distance), dFdy(distance)));
    return clamp(distance / max(per_pixel, 1e-6), 0.0, 1.0);
}
