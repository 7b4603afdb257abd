// What a fragment shader of a look knows: the fields of `Material` and `Light`, by their names.
//
// Defined for each mesh by mesh_pass.py:
//   TEXTURE  0 none, 1 an array (decoded by the sampler, or by include/coded.glsl), 2 the frame
//            (sRGB-coded)
//   LIT      whether the light shades it
//   TINTED   whether colours multiply the texture; if not, nothing needs to be decoded

#include "include/srgb.glsl"

struct Material {
    vec3 colour;  // linear
    sampler2D texture;
    float specular;
    float exponent;
    float translucency;
    float opacity;
};

struct Light {
    vec3 direction;  // towards the light, camera frame
    vec3 colour;     // linear
    vec3 ambient;    // linear
    vec3 harmonics[9];  // of the light on matt surfaces, see include/lighting.glsl
};

uniform Material material;
uniform Light light;
uniform float drawn_share;  // px that are drawn for one of the picture, on a side

// Texture, material colour and vertex colour multiplied, linear, with opacity.
vec4 base_colour(vec2 uv, vec4 vertex_colour) {
    vec4 base = vec4(material.colour, material.opacity) * vertex_colour;
#if TEXTURE == 1
    vec4 texel = texture(material.texture, uv);
#ifdef DECODED
    texel.rgb = DECODED(texel.rgb);
#endif
    base *= texel;
#elif TEXTURE == 2
    base.rgb *= decode_srgb(texture(material.texture, uv).rgb);
#endif
    return base;
}
