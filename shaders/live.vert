#version 330 core
#include "include/vertex.glsl"

out vec3 gain;

void main() {
    place_vertex();
    gain = pow(colour, vec3(1.0 / 2.2));  // sRGB is nearly a power: factors can stay outside
}
