#version 330 core
// What is there already, seen in front of what is drawn after: the head behind its glasses. The
// vertices' alpha is how deep a shadow lies on it.
#pragma prepass never
#include "include/material.glsl"
#include "include/surface.glsl"

out vec4 fragment;

void main() {
    fragment = vec4(0.0, 0.0, 0.0, material.opacity * surface.colour.a);
}
