#version 330 core
// See locks.vert.
#pragma opaque
#include "include/material.glsl"

in vec3 shown;

out vec4 fragment;

void main() {
    fragment = vec4(shown, material.opacity);
}
