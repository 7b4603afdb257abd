#version 330 core
// The edges of the triangles as lines of even width; nothing in between, lines behind hidden.
#pragma prepass always
#pragma fine always
#include "include/material.glsl"

in Corner {
    vec3 barycentric;
    vec2 uv;
    vec4 colour;
} corner;

out vec4 fragment;  // sRGB-coded

const float WIDTH = 1.5;  // px; the triangles on both sides of an edge draw half of it each

void main() {
    vec3 dx = dFdx(corner.barycentric);
    vec3 dy = dFdy(corner.barycentric);
    vec3 altitude = inversesqrt(max(dx * dx + dy * dy, vec3(1e-12)));  // px
    // Lines of a triangle too small for them get thinner, or the mesh would be one colour.
    vec3 width = min(vec3(WIDTH), 0.3 * altitude);
    vec3 lines = clamp(0.5 * width + 0.5 - corner.barycentric * altitude, 0.0, 1.0) * min(width, 1.0);
    vec4 base = base_colour(corner.uv, corner.colour);
    fragment = vec4(encode_srgb(base.rgb), base.a * max(lines.x, max(lines.y, lines.z)));
}
