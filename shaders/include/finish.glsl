// The fields of `Finish`, for the looks that draw it. Needs include/material.glsl and
// include/surface.glsl. Defined for each mesh by mesh_pass.py:
//   RELIEF  whether there is a normal map
//   GLOW    0 none, 1 of one colour, 2 with a map

struct Finish {
    sampler2D normal_map;
    float relief;
    vec3 glow;    // linear
    sampler2D glow_map;
    vec3 shadow;  // linear
};

uniform Finish finish;

// The surface's normal (camera frame), tilted by the normal map. The tangents are made of how
// position and uv change on the screen, whichever way that is turned (Mikkelsen 2010, "Bump
// mapping unparametrized surfaces on the GPU"). In glTF, green points to where v falls.
vec3 fine_normal() {
    vec3 normal = normalize(gl_FrontFacing ? surface.normal : -surface.normal);
#if RELIEF
    vec3 across = dFdx(surface.position), down = dFdy(surface.position);
    vec2 uv_across = dFdx(surface.uv), uv_down = dFdy(surface.uv);
    vec3 first = cross(down, normal), second = cross(normal, across);
    float side = sign(dot(across, first));
    vec3 along_u = side * (first * uv_across.x + second * uv_down.x);
    vec3 along_v = side * (first * uv_across.y + second * uv_down.y);
    vec3 tilt = 2.0 * texture(finish.normal_map, surface.uv).xyz - 1.0;
    tilt.xy *= finish.relief;
    float u = length(along_u), v = length(along_v);
    if (u > 0.0 && v > 0.0) {
        normal = normalize(tilt.x * along_u / u - tilt.y * along_v / v + tilt.z * normal);
    }
#endif
    return normal;
}

// What shines of itself, linear.
vec3 glowing() {
#if GLOW == 2
    return finish.glow * texture(finish.glow_map, surface.uv).rgb;
#elif GLOW == 1
    return finish.glow;
#else
    return vec3(0.0);
#endif
}
