// IEC 61966-2-1, piecewise and exact: an unlit colour survives decode and encode unchanged.

vec3 decode_srgb(vec3 coded) {
    vec3 low = coded / 12.92;
    vec3 high = pow((coded + 0.055) / 1.055, vec3(2.4));
    return mix(high, low, vec3(lessThanEqual(coded, vec3(0.04045))));
}

vec3 encode_srgb(vec3 linear) {
    vec3 low = 12.92 * linear;
    vec3 high = 1.055 * pow(max(linear, vec3(0.0031308)), vec3(1.0 / 2.4)) - 0.055;
    return mix(high, low, vec3(lessThanEqual(linear, vec3(0.0031308))));
}
