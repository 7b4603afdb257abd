// Needs include/material.glsl.

// What a white matt surface with that normal (camera frame, unit length) shows: the light from
// all around as spherical harmonics of degree 2 (Ramamoorthi & Hanrahan 2001, "An efficient
// representation for irradiance environment maps"), as in livemask/harmonics.py.
vec3 irradiance(vec3 normal) {
    float x = normal.x, y = normal.y, z = normal.z;
    vec3 sum = 0.282095 * light.harmonics[0];
    sum += 0.488603 * (y * light.harmonics[1] + z * light.harmonics[2] + x * light.harmonics[3]);
    sum += 1.092548 * (x * y * light.harmonics[4] + y * z * light.harmonics[5]);
    sum += 0.315392 * (3.0 * z * z - 1.0) * light.harmonics[6];
    sum += 1.092548 * x * z * light.harmonics[7] + 0.546274 * (x * x - y * y) * light.harmonics[8];
    return max(sum, 0.0);
}

// Light from all around, light from behind that shines through, and the highlight of
// Blinn 1977, "Models of light reflection for computer synthesized pictures".
vec3 shade(vec3 albedo, vec3 normal, vec3 to_viewer) {
    float cosine = dot(normal, light.direction);
    float front = max(cosine, 0.0);
    float through = material.translucency * max(-cosine, 0.0);
    vec3 halfway = normalize(light.direction + to_viewer);
    float highlight = material.specular * pow(max(dot(normal, halfway), 0.0), material.exponent);
    highlight *= min(8.0 * front, 1.0);  // none where the light does not reach, without an edge
    return albedo * (irradiance(normal) + light.colour * through) + light.colour * highlight;
}
