#version 330 core
#include "include/vertex.glsl"

void main() {
    place_vertex();
}
