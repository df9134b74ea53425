// SPDX-License-Identifier: MIT
//
// Co-simulation bench of one bcnn_channel that carries a 64-bit beat.
//
//   in   word 0   bit 0 push, 1 pop;  word 1 unused;  words 2-3 the beat pushed
//   out  word 0   bits 15:0 count, 16 valid, 17 ready;  word 1 zero;  words 2-3 the head

module bcnn_channel_bench #(
  parameter int Depth = 2
) (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic [127:0] in_i,
  output logic [127:0] out_o
);

  logic                       ready;
  logic                       valid;
  logic [63:0]                head;
  logic [$clog2(Depth+1)-1:0] count;

  bcnn_channel #(
    .Width(64),
    .Depth(Depth)
  ) u_channel (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[0]),
    .wready_o(ready),
    .wdata_i (in_i[127:64]),
    .rvalid_o(valid),
    .rready_i(in_i[1]),
    .rdata_o (head),
    .count_o (count)
  );

  assign out_o = {head, 32'b0, 14'b0, ready, valid, 16'(count)};

endmodule
