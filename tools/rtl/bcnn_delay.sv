// SPDX-License-Identifier: MIT
//
// Ranks pipeline registers in a row behind one common enable; Ranks = 0 is a wire. Data
// registers have no reset: a valid bit elsewhere says whether their content means anything.

module bcnn_delay #(
  parameter int Width = 8,
  parameter int Ranks = 1
) (
  input  logic             clk_i,
  input  logic             en_i,
  input  logic [Width-1:0] data_i,
  output logic [Width-1:0] data_o
);

  if (Ranks == 0) begin : gen_wire
    logic unused_clock_enable;
    assign unused_clock_enable = clk_i ^ en_i;

    assign data_o = data_i;
  end else if (Ranks == 1) begin : gen_rank
    logic [Width-1:0] data_q;

    always_ff @(posedge clk_i) begin
      if (en_i) begin
        data_q <= data_i;
      end
    end

    assign data_o = data_q;
  end else begin : gen_ranks
    // The newest rank is the lowest slice.
    logic [Ranks*Width-1:0] data_q;

    always_ff @(posedge clk_i) begin
      if (en_i) begin
        data_q <= {data_q[(Ranks-1)*Width-1:0], data_i};
      end
    end

    assign data_o = data_q[Ranks*Width-1 -: Width];
  end

endmodule
