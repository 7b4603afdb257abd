// Waxy skin of a smooth body: what is soft is known at its vertices, the rest at every pixel.
//
// Colours are squares of sRGB-coded ones, near enough to linear: a root is all that is left to do.

#ifdef OF_VERTICES
out vec3 matt;    // light on a white matt surface there
out vec3 window;  // what it mirrors: beside, above and towards the light
out vec3 rim;     // what it mirrors along the surface
out vec2 uphill;  // a little step of uv towards the light

const float STEP = 0.0022;  // of the way from pole to pole

void place_wax() {
    vec3 normal = normalize(surface.normal);
    vec3 to_viewer = normalize(-surface.position);
    float grazing = 1.0 - max(dot(normal, to_viewer), 0.0);
    // Less comes in along a surface.
    matt = encode_srgb(irradiance(normal) * (1.0 - 0.3 * grazing * grazing));
    matt *= matt;
    rim = light.ambient * (0.4 * material.specular * grazing * grazing * grazing);
    vec3 side = normalize(vec3(light.direction.z + 1e-4, 0.0, -light.direction.x));
    vec3 mirrored = reflect(-to_viewer, normal);
    window = vec3(
        dot(mirrored, side),
        dot(mirrored, cross(light.direction, side)),
        dot(mirrored, light.direction)
    );
    vec3 own = light.direction * mat3(camera_from_mesh);
    vec3 east = normalize(vec3(surface_normal.z, 0.0, -surface_normal.x) + vec3(1e-5, 0.0, 0.0));
    vec2 slope = vec2(0.5 * dot(own, east), dot(own, cross(east, surface_normal)));
    uphill = STEP * slope / max(length(slope), 0.3);
}
#else
in vec3 matt;
in vec3 window;
in vec3 rim;
in vec2 uphill;

// The colour, sRGB-coded; `albedo` is a square, `rise` how steeply the skin rises towards the
// light: then it is darker.
vec3 wax(vec3 albedo, float rise) {
    float blur = 1.6 / sqrt(material.exponent);
    vec2 place = abs(window.xy + 0.25 * rise) / max(window.z, 0.05);
    vec2 inside = smoothstep(0.16 + blur, 0.16 - blur, place);
    float broad = max(window.z, 0.0);
    broad *= broad * broad;
    float gloss = step(0.0, window.z) * inside.x * inside.y + 0.18 * broad * broad;
    gloss *= material.specular * max(1.0 - 2.0 * rise, 0.0);
    return sqrt(albedo * matt * clamp(1.0 - rise, 0.4, 1.5) + light.colour * gloss + rim);
}
#endif
