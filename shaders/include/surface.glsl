// The inputs of every fragment shader of a look without a geometry shader.

in Surface {
    vec3 position;  // camera frame, mm
    vec3 normal;
    vec2 uv;
    vec4 colour;  // linear, with the vertex's alpha
} surface;
