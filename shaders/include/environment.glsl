// Needs include/material.glsl and include/lighting.glsl.
//
// What a mirror would show: a photographer's studio, made up, for the room itself is not known.
// It is as bright and as warm as the room's light is from the same side, and the largest lamp
// hangs where the room's light comes from, so that metals turn with the light.

// 1 inside of a lamp that stands at `towards`, as wide and high as `size` says (tangents).
float softbox(vec3 direction, vec3 towards, vec2 size, float blur) {
    float ahead = dot(direction, towards);
    vec3 side = normalize(vec3(towards.z, 0.0, -towards.x) + vec3(1e-4, 0.0, 0.0));
    vec3 up = cross(towards, side);
    vec2 place = vec2(dot(direction, side), dot(direction, up)) / max(ahead, 0.05);
    vec2 inside = smoothstep(size + blur, size - blur, abs(place));
    vec2 kept = size / (size + 0.5 * blur);  // what is blurred is larger and darker
    return step(0.0, ahead) * inside.x * inside.y * kept.x * kept.y;
}

// Light that comes from `direction` (camera frame, unit length), linear; blurred by `roughness`,
// 0 (a mirror) to 1 (nearly matt).
vec3 environment(vec3 direction, float roughness) {
    float blur = 0.03 + 0.9 * roughness;
    float height = direction.y;
    // No line between wall and floor: the floor shines, more to the sides than below, and where
    // the camera stands it is darker than around.
    float side = direction.x * direction.x;
    float behind = max(direction.z, 0.0);
    float above = smoothstep(-0.50 - blur, 0.26 + blur, height);
    float ground = mix(0.09, 0.26, smoothstep(-0.2, 1.0, -height)) + 0.32 * side;
    float wall = mix(0.78, 0.34, smoothstep(-0.1, 1.0, height)) * mix(0.86, 1.12, side);
    float room = mix(ground, wall, above) * (1.15 - 0.55 * behind * behind);
    vec3 key = light.direction;
    vec3 fill = normalize(vec3(-sign(key.x + 1e-4) * 0.85, 0.15, 0.5));
    float lamps = 1.9 * softbox(direction, key, vec2(0.42, 0.32), blur)
        + 0.8 * softbox(direction, fill, vec2(0.14, 0.75), blur)
        + 0.7 * softbox(direction, vec3(0.0, 0.94, 0.34), vec2(0.8, 0.16), blur);
    vec3 ahead = irradiance(vec3(0.0, 0.0, 1.0));  // a mirror is not as dim as a matt wall
    return mix(ahead, irradiance(direction), 0.6) * (room + lamps);
}
