#version 330 core
// Matt clay: light falls off more slowly than on Lambert's surfaces and the rim stays light, as
// on all that is rough (Oren & Nayar 1994, "Generalization of Lambert's reflectance model").
#include "include/material.glsl"
#include "include/fast.glsl"
#include "include/surface.glsl"

in vec3 lit;

out vec4 fragment;  // sRGB-coded

// Their qualitative model with a roughness of 0.6 rad.
const float A = 1.0 - 0.5 * 0.36 / (0.36 + 0.33);
const float B = 0.45 * 0.36 / (0.36 + 0.09);

void main() {
    vec3 normal = normalize(gl_FrontFacing ? surface.normal : -surface.normal);
    vec3 to_viewer = normalize(-surface.position);
    float cosine = dot(normal, light.direction);
    float seen = clamp(dot(normal, to_viewer), 0.02, 1.0);
    float front = max(cosine, 0.0);
    // sin(alpha) tan(beta) cos(difference of the azimuths), without an angle.
    float across = dot(light.direction, to_viewer) - cosine * seen;
    float rough = front * A + B * max(across, 0.0) * front / max(max(front, seen), 0.05);
    vec4 base = base_colour(surface.uv, surface.colour);
    // The harmonics hold Lambert's share of the distant light: what is rough differs by this.
    vec3 shade = lit + light.colour * (rough - A * front) * 1.4;
    // Light that wanders below the surface comes out warmer: the shade is not grey.
    shade = mix(shade, shade * vec3(1.06, 0.99, 0.92), 1.0 - front);
    fragment = vec4(encode_fast(base.rgb * shade), base.a);
}
