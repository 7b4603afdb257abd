#version 330 core
// A round dot in each quad whose uv run from 0 to 1, with a smooth outline.
#pragma prepass never
#pragma fine always
#include "include/material.glsl"
#include "include/coverage.glsl"
#include "include/surface.glsl"

out vec4 fragment;  // sRGB-coded

void main() {
    float inside = coverage(1.0 - length(2.0 * surface.uv - 1.0));
    if (inside <= 0.0) {
        discard;
    }
    vec4 base = vec4(material.colour, material.opacity) * surface.colour;
    fragment = vec4(encode_srgb(base.rgb), base.a * inside);
}
