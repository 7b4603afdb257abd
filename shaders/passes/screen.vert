#version 330 core
// One triangle that covers everything, without any buffer. `place` runs from 0 to 1.

out vec2 place;

void main() {
    place = 2.0 * vec2(gl_VertexID & 1, gl_VertexID >> 1);
    gl_Position = vec4(2.0 * place - 1.0, 1.0, 1.0);  // as far away as can be
}
