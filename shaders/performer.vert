#version 330 core
#include "include/vertex.glsl"
#include "include/material.glsl"

out float shine;  // what a surface of full gloss mirrors of window and room

void main() {
    place_vertex();
    vec3 to_viewer = normalize(-surface.position);
    vec3 straight = normalize(surface.normal);
    float facing = max(dot(straight, normalize(light.direction + to_viewer)), 0.0);
    float grazing = 1.0 - clamp(dot(straight, to_viewer), 0.0, 1.0);
    float fresnel = grazing * grazing * grazing * grazing;  // nearly: Schlick 1994
    shine = material.specular * pow(facing, material.exponent) + 0.06 * fresnel;
    shine *= min(colour.g, 1.0);  // none where no light comes
}
