#version 330 core
#include "include/vertex.glsl"
#include "include/material.glsl"

out float shine;  // what a surface of full gloss mirrors of window and room

void main() {
    place_vertex();
    vec3 to_viewer = normalize(-surface.position);
    float facing = dot(surface.normal, normalize(light.direction + to_viewer));
    // Nearly pow(facing, exponent), whose cost would be felt where there is no GPU.
    float lobe = max(1.0 - 0.125 * material.exponent * (1.0 - facing), 0.0);
    lobe *= lobe;
    lobe *= lobe;
    float grazing = 1.0 - clamp(dot(surface.normal, to_viewer), 0.0, 1.0);
    grazing *= grazing;
    shine = material.specular * lobe * lobe + 0.06 * grazing * grazing;  // Fresnel's: Schlick 1994
    shine *= min(colour.g, 1.0);  // none where no light comes
}
