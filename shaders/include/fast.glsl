// Near enough, and quick where there is no GPU: roots are instructions there, powers are not.

// x^n for x from 0 to 1, as (1 - n (1 - x) / 8)^8: a lobe as wide, and 0 beyond.
float power(float x, float n) {
    float lobe = max(1.0 - 0.125 * n * (1.0 - x), 0.0);
    lobe *= lobe;
    lobe *= lobe;
    return lobe * lobe;
}

// encode_srgb to 2 of 255; what is darker than 0.001 comes out up to 9 darker.
vec3 encode_fast(vec3 linear) {
    vec3 held = clamp(linear, 0.0, 1.0);
    vec3 second = sqrt(held), fourth = sqrt(second), eighth = sqrt(fourth);
    return 0.662002687 * second + 0.684122060 * fourth - 0.323583601 * eighth - 0.0225411470 * held;
}
