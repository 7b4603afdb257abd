#version 330 core
#pragma texture coded
#include "include/material.glsl"
#include "include/surface.glsl"
#include "include/wax.glsl"

out vec4 fragment;  // sRGB-coded

void main() {
    vec3 coded = texture(material.texture, surface.uv).rgb;
    fragment = vec4(wax(coded * coded, 0.0), material.opacity * surface.colour.a);
}
