#version 330 core
// See avatar.vert.
#pragma opaque
#pragma texture coded
#include "include/material.glsl"
#include "include/surface.glsl"

in vec3 lit;
in vec3 added;

out vec4 fragment;  // sRGB-coded

void main() {
    vec3 coded = texture(material.texture, surface.uv).rgb;
    fragment = vec4(sqrt(coded * coded * lit + added), material.opacity);
}
