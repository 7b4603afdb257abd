// What a fragment shader of a look knows: the fields of `Material` and `Light`, by their names.

#include "include/srgb.glsl"

struct Material {
    vec3 colour;  // linear
    sampler2D texture;
    bool lit;
    float specular;
    float exponent;
    float translucency;
    float opacity;
};

struct Light {
    vec3 direction;  // towards the light, camera frame
    vec3 colour;     // linear
    vec3 ambient;    // linear
};

const int NO_TEXTURE = 0;
const int ARRAY_TEXTURE = 1;  // decoded by the sampler
const int FRAME_TEXTURE = 2;  // the video, sRGB-coded

uniform Material material;
uniform Light light;
uniform int texture_kind;

// Texture times the material's colour, linear, with its opacity.
vec4 base_colour(vec2 uv) {
    vec4 base = vec4(material.colour, material.opacity);
    if (texture_kind == ARRAY_TEXTURE) {
        base *= texture(material.texture, uv);
    } else if (texture_kind == FRAME_TEXTURE) {
        base.rgb *= decode_srgb(texture(material.texture, uv).rgb);
    }
    return base;
}
