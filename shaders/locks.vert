#version 330 core
// Hair, horns and leaves: a band of light lies across all locks where their slope meets it, the
// way it does on many fibres side by side (Kajiya & Kay 1989), whatever the side they face.
#include "include/vertex.glsl"
#include "include/material.glsl"
#include "include/lighting.glsl"

out vec3 shown;  // sRGB-coded: locks are narrow, so that nothing is left to do for each pixel

void main() {
    place_vertex();
    vec3 outward = normalize(surface.normal);
    vec3 to_viewer = normalize(-surface.position);
    vec3 ahead = irradiance(vec3(0.0, 0.0, 1.0));
    vec3 behind = 0.5 * (ahead + irradiance(normalize(outward + vec3(0.0, 0.7, -0.5))));
    vec2 across = normalize((light.direction + to_viewer + vec3(0.0, 0.35, 0.0)).yz);
    float meets = max(dot(outward.yz, across) / max(length(outward.yz), 1e-4), 0.0);
    float turned = clamp(dot(outward, to_viewer), 0.0, 1.0);
    float band = material.specular * pow(meets, material.exponent) * turned;
    float edge = pow(1.0 - turned, 3.0);
    vec3 base = material.colour * colour;
    shown = base * mix(irradiance(outward), ahead, 0.25);
    shown += (0.25 + 0.75 * base) * (0.2 + 0.8 * base) * light.colour * band;
    shown += (0.08 + 0.5 * base) * behind * edge * 0.6;
    shown = encode_srgb(shown);
}
