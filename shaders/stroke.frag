#version 330 core
// A bar in each quad whose uv run from 0 to 1, with smooth edges where they reach 0 and 1.
#pragma prepass never
#pragma fine always
#include "include/material.glsl"
#include "include/coverage.glsl"
#include "include/surface.glsl"

out vec4 fragment;  // sRGB-coded

void main() {
    vec2 to_edge = 0.5 - abs(surface.uv - 0.5);
    float inside = coverage(to_edge.x) * coverage(to_edge.y);
    vec4 base = vec4(material.colour, material.opacity) * surface.colour;
    fragment = vec4(encode_srgb(base.rgb), base.a * inside);
}
