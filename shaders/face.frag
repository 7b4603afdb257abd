#version 330 core
// As `shaded`, for a face: the light comes with the vertices, only the highlight is computed for
// each pixel. It takes half the time where there is no GPU.
#include "include/coded.glsl"
#include "include/material.glsl"
#include "include/fast.glsl"
#include "include/surface.glsl"

in vec3 lit;

out vec4 fragment;  // sRGB-coded

void main() {
    vec4 base = base_colour(surface.uv, surface.colour);
    vec3 to_viewer = -surface.position * inversesqrt(dot(surface.position, surface.position));
    vec3 halfway = light.direction + to_viewer;
    float square = dot(surface.normal, surface.normal) * dot(halfway, halfway);
    float facing = max(dot(surface.normal, halfway), 0.0) * inversesqrt(max(square, 1e-9));
    float highlight = material.specular * power(facing, material.exponent);
    highlight *= clamp(8.0 * dot(surface.normal, light.direction), 0.0, 1.0);
    highlight *= clamp(0.2 + 7.0 * base.g, 0.0, 1.0);  // what is dark is hair, or lies deep
    fragment = vec4(encode_fast(base.rgb * lit + light.colour * highlight), base.a);
}
