#version 330 core
#define OF_VERTICES
#include "include/material.glsl"
#include "include/lighting.glsl"
#include "include/vertex.glsl"
#define surface_normal normal
#include "include/wax.glsl"

void main() {
    place_vertex();
    place_wax();
}
