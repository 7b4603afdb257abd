// Needs include/material.glsl.

// Ambient light, Lambert's cosine law, light from behind that shines through, and the
// highlight of Blinn 1977, "Models of light reflection for computer synthesized pictures".
vec3 shade(vec3 albedo, vec3 normal, vec3 to_viewer) {
    float cosine = dot(normal, light.direction);
    float front = max(cosine, 0.0);
    float through = material.translucency * max(-cosine, 0.0);
    vec3 halfway = normalize(light.direction + to_viewer);
    float highlight = material.specular * pow(max(dot(normal, halfway), 0.0), material.exponent);
    highlight *= min(8.0 * front, 1.0);  // none where the light does not reach, without an edge
    return albedo * (light.ambient + light.colour * (front + through)) + light.colour * highlight;
}
