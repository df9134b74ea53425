// SPDX-License-Identifier: MIT
//
// The narrow C interface between the simulator and a Verilated bench: reset, inputs and outputs
// as flat words in place, settle, clock. The generated header names the ports of every design.

#include <cstdint>
#include <cstdio>
#include <string>

#include "Vbcnn_cosim_top.h"
#include "verilated.h"

namespace {

struct Port {
    uint32_t* inputs;
    const uint32_t* outputs;
};

struct Bench {
    VerilatedContext context;
    Vbcnn_cosim_top top{&context, "top"};
    std::string failure;
};

// One bench runs at a time per thread; the assertion hooks of Verilator carry no context.
thread_local Bench* current = nullptr;

Port port(Bench* bench, int32_t design) {
    Vbcnn_cosim_top& top = bench->top;
    switch (design) {
#define BCNN_DESIGN(index) \
    case index:            \
        return {top.d##index##_i.data(), top.d##index##_o.data()};
#include "designs.inc"
#undef BCNN_DESIGN
        default:
            return {nullptr, nullptr};
    }
}

void evaluate(Bench* bench, uint8_t clock) {
    current = bench;
    bench->top.clk_i = clock;
    bench->top.eval();
}

}  // namespace

// Verilator calls these where an assertion fails; the default would end the process.
void vl_stop(const char* filename, int line, const char*) VL_MT_UNSAFE {
    if (current != nullptr && current->failure.empty()) {
        current->failure = std::string(filename) + ":" + std::to_string(line);
    }
}

void vl_fatal(const char* filename, int line, const char* hierarchy, const char*) VL_MT_UNSAFE {
    vl_stop(filename, line, hierarchy);
}

void vl_finish(const char* filename, int line, const char* hierarchy) VL_MT_UNSAFE {
    vl_stop(filename, line, hierarchy);
}

extern "C" {

void* bcnn_open() { return new Bench; }

void bcnn_close(void* handle) { delete static_cast<Bench*>(handle); }

uint32_t* bcnn_inputs(void* handle, int32_t design) {
    return port(static_cast<Bench*>(handle), design).inputs;
}

const uint32_t* bcnn_outputs(void* handle, int32_t design) {
    return port(static_cast<Bench*>(handle), design).outputs;
}

// Leaves the bench after reset, clock low, before its first edge (cycle 0).
void bcnn_reset(void* handle) {
    Bench* bench = static_cast<Bench*>(handle);
    bench->failure.clear();
    bench->top.rst_ni = 0;
    for (int edge = 0; edge < 2; ++edge) {
        evaluate(bench, 1);
        evaluate(bench, 0);
    }
    bench->top.rst_ni = 1;
    evaluate(bench, 0);
}

// Lets combinational outputs follow the inputs written since the last edge.
void bcnn_settle(void* handle) { evaluate(static_cast<Bench*>(handle), 0); }

// One rising edge.
void bcnn_clock(void* handle) { evaluate(static_cast<Bench*>(handle), 1); }

// Where the first failed assertion stands, or null.
const char* bcnn_failure(void* handle) {
    const Bench* bench = static_cast<Bench*>(handle);
    return bench->failure.empty() ? nullptr : bench->failure.c_str();
}

}  // extern "C"
