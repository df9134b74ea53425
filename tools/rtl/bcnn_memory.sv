// SPDX-License-Identifier: MIT
//
// Simple dual port memory: one write and one read port. ReadRanks = 0 reads in the same cycle
// (LUTRAM), 1 into the memory's own output register behind an enable (block RAM). A word written
// in a cycle is read from the next one on. Content and register have no reset.

module bcnn_memory #(
  parameter int Width     = 8,
  parameter int Depth     = 64,
  parameter int ReadRanks = 0,
  // Derived: not to be set.
  parameter int AddrWidth = (Depth > 1) ? $clog2(Depth) : 1
) (
  input  logic                 clk_i,
  input  logic                 wen_i,
  input  logic [AddrWidth-1:0] waddr_i,
  input  logic [Width-1:0]     wdata_i,
  input  logic                 ren_i,
  input  logic [AddrWidth-1:0] raddr_i,
  output logic [Width-1:0]     rdata_o
);

  logic [Width-1:0] word_q [Depth];

  always_ff @(posedge clk_i) begin
    if (wen_i) begin
      word_q[waddr_i] <= wdata_i;
    end
  end

  if (ReadRanks == 0) begin : gen_now
    logic unused_enable;
    assign unused_enable = ren_i;

    assign rdata_o = word_q[raddr_i];
  end else begin : gen_registered
    logic [Width-1:0] rdata_q;

    always_ff @(posedge clk_i) begin
      if (ren_i) begin
        rdata_q <= word_q[raddr_i];
      end
    end

    assign rdata_o = rdata_q;
  end

endmodule
