#version 330 core
// Skin, fur, scales and eyes of a character: soft shade, warm where the light leaves it, a wide
// highlight and a bright rim, as in drawn films. All of it with the vertices, which are dense, and
// as squares of sRGB-coded values: a root is all that is left to do for each pixel.
#include "include/vertex.glsl"
#include "include/material.glsl"
#include "include/lighting.glsl"

out vec3 lit;    // what the picture's square is multiplied by
out vec3 added;  // highlight and rim

vec3 square(vec3 linear) {
    vec3 coded = encode_srgb(linear);
    return coded * coded;
}

void main() {
    place_vertex();
    vec3 outward = normalize(surface.normal);
    vec3 to_viewer = normalize(-surface.position);
    vec3 ahead = irradiance(vec3(0.0, 0.0, 1.0));
    float front = dot(outward, light.direction);
    vec3 warm = mix(vec3(1.0), vec3(1.10, 0.97, 0.92), clamp(0.5 - front, 0.0, 1.0));
    lit = square(material.colour * colour * mix(irradiance(outward), ahead, 0.25) * warm);
    float facing = max(dot(outward, normalize(light.direction + to_viewer)), 0.0);
    float highlight = material.specular * pow(facing, material.exponent);
    float edge = pow(1.0 - clamp(dot(outward, to_viewer), 0.0, 1.0), 3.0);
    vec3 behind = 0.5 * (ahead + irradiance(normalize(outward + vec3(0.0, 0.7, -0.5))));
    vec3 shine = light.colour * highlight * clamp(8.0 * front, 0.0, 1.0);
    added = square(shine + (0.10 + 0.5 * colour) * behind * edge * 0.55);
}
