#version 330 core
// See locks.vert.
#include "include/material.glsl"
#include "include/fast.glsl"

in vec3 shown;

out vec4 fragment;  // sRGB-coded

void main() {
    fragment = vec4(encode_fast(shown), material.opacity);
}
