/*
 * A multilayer perceptron with 8-bit weights and activations and 32-bit sums, run on a batch of inputs.
 *
 * Input, numbers little-endian:
 *   u32 L (1..16), u32 batch (at least 1), u32 widths[L+1] (each 1..65536: inputs, then each layer's outputs)
 *   for each layer: u32 shift (0..31), i32 bias[out] (|bias| < 2^30), i8 weights[out][in]
 *   for each batch element: i8 activations[widths[0]]
 * and nothing more. Each layer sums s = bias + Σ weight · activation exactly: widths and biases are bounded so that s
 * fits in 32 bits. A hidden layer's activation is min(127, max(0, s) >> shift), which is requantisation and ReLU in
 * one; the last layer's sums are the logits and its shift must be 0.
 * Output, for each batch element: i32 logits[widths[L]], then u32 index of the largest (the first of equals).
 * Exit code 1, without output, for any other input; 2 if memory runs out.
 */

#include "firesteel.h"
#include "firesteel_bytes.h"
#include "zkvm_io.h"

#include <stdbool.h>

#define MAX_LAYERS 16u
#define MAX_WIDTH 65536u
#define BIAS_LIMIT (INT32_C(1) << 30)

struct layer {
    uint32_t inputs;
    uint32_t outputs;
    uint32_t shift;
    const uint8_t *biases;
    const int8_t *weights;
};

/* What is left of the input. */
struct reader {
    const uint8_t *next;
    size_t left;
};

/* The next `size` bytes, or null if there are fewer. */
static const uint8_t *take(struct reader *reader, size_t size) {
    if (size > reader->left) {
        return NULL;
    }
    const uint8_t *bytes = reader->next;
    reader->next += size;
    reader->left -= size;
    return bytes;
}

static bool take32(struct reader *reader, uint32_t low, uint32_t high, uint32_t *value) {
    const uint8_t *bytes = take(reader, 4);
    if (bytes == NULL) {
        return false;
    }
    *value = load32le(bytes);
    return low <= *value && *value <= high;
}

static bool take_layer(struct reader *reader, struct layer *layer, bool last) {
    if (!take32(reader, 0, last ? 0 : 31, &layer->shift)) {
        return false;
    }
    layer->biases = take(reader, (size_t)layer->outputs * 4);
    if (layer->biases == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < layer->outputs; i++) {
        int32_t bias = (int32_t)load32le(layer->biases + (size_t)i * 4);
        if (bias >= BIAS_LIMIT || bias <= -BIAS_LIMIT) {
            return false;
        }
    }
    layer->weights = (const int8_t *)take(reader, (size_t)layer->inputs * layer->outputs);
    return layer->weights != NULL;
}

/* At most 2^16 products of at most 2^14 each: 2^30, which with a bias stays below 2^31. */
__attribute__((noinline)) static int32_t dot(int32_t sum, const int8_t *left, const int8_t *right, size_t size) {
    for (size_t i = 0; i < size; i++) {
        sum += left[i] * right[i];
    }
    return sum;
}

static void hidden_layer(const struct layer *layer, const int8_t *from, int8_t *to) {
    for (uint32_t i = 0; i < layer->outputs; i++) {
        int32_t sum = dot((int32_t)load32le(layer->biases + (size_t)i * 4),
                          layer->weights + (size_t)i * layer->inputs, from, layer->inputs);
        int32_t scaled = sum < 0 ? 0 : sum >> layer->shift;
        to[i] = (int8_t)(scaled > 127 ? 127 : scaled);
    }
}

/* Writes the logits and the index of the largest. */
static void last_layer(const struct layer *layer, const int8_t *from) {
    int32_t largest = INT32_MIN;
    uint32_t index = 0;
    uint8_t bytes[4];
    for (uint32_t i = 0; i < layer->outputs; i++) {
        int32_t sum = dot((int32_t)load32le(layer->biases + (size_t)i * 4),
                          layer->weights + (size_t)i * layer->inputs, from, layer->inputs);
        if (i == 0 || sum > largest) {
            largest = sum;
            index = i;
        }
        store32le(bytes, (uint32_t)sum);
        write_output(bytes, sizeof bytes);
    }
    store32le(bytes, index);
    write_output(bytes, sizeof bytes);
}

int main(void) {
    struct reader reader;
    read_input(&reader.next, &reader.left);

    struct layer layers[MAX_LAYERS];
    uint32_t count;
    uint32_t batch;
    uint32_t width;
    if (!take32(&reader, 1, MAX_LAYERS, &count) || !take32(&reader, 1, UINT32_MAX, &batch)
        || !take32(&reader, 1, MAX_WIDTH, &width)) {
        return 1;
    }
    uint32_t widest = width;
    uint32_t first_width = width;
    for (uint32_t i = 0; i < count; i++) {
        layers[i].inputs = width;
        if (!take32(&reader, 1, MAX_WIDTH, &width)) {
            return 1;
        }
        layers[i].outputs = width;
        widest = width > widest ? width : widest;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!take_layer(&reader, &layers[i], i == count - 1)) {
            return 1;
        }
    }
    if (reader.left != (uint64_t)batch * first_width) {
        return 1;
    }

    int8_t *from = malloc(widest);
    int8_t *to = malloc(widest);
    if (from == NULL || to == NULL) {
        return 2;
    }
    for (uint32_t element = 0; element < batch; element++) {
        memcpy(from, take(&reader, first_width), first_width);
        for (uint32_t i = 0; i + 1 < count; i++) {
            hidden_layer(&layers[i], from, to);
            int8_t *swap = from;
            from = to;
            to = swap;
        }
        last_layer(&layers[count - 1], from);
    }
    return 0;
}
