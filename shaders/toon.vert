#version 330 core
// For a dense mesh: light from all around changes so slowly that each vertex has it.
#include "include/vertex.glsl"
#include "include/material.glsl"
#include "include/lighting.glsl"

flat out vec3 most;  // the brightest of it
out vec3 lit;  // what a white matt surface shows

void main() {
    place_vertex();
    most = irradiance(light.direction);
    lit = irradiance(normalize(surface.normal));
}
