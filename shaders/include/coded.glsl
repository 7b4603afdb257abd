// Before include/material.glsl: the look decodes its picture itself, to 0.7 of 255. Without a GPU
// a sampler that decodes costs as much as all else that is done for a pixel.
#pragma texture coded
#define DECODED(texel) decode_fast(texel)

vec3 decode_fast(vec3 coded) {
    return coded * (0.05975611 + coded * (0.3544688 + coded * (0.93306764 - 0.35300185 * coded)));
}
