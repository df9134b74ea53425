// SPDX-License-Identifier: MIT
//
// Dot product of two words of quadrant numbers, lane l being (a + ib)(x + iy) with
// a, b, x, y = +1 (bit 1) or -1 (bit 0). A lane that either mask leaves out adds 0. Every lane
// product is 2 i^k, one component non-zero. Three circuits for the same bits:
//
//   PeKind 4  four popcounts of XNORs:   re = 2(pc(a~x) - pc(b~y)), im = 2(pc(a~y) - pc(b^x))
//   PeKind 3  counts n_k by axis k:      re = 2(2 n0 - R), im = 2(2 n1 - (N - R))
//             with R = n0 + n2 and N the number of live lanes
//   PeKind 2  r = product (1 + i) / 2 is a quadrant number again, so each lane gives two sign
//             bits: P1 = pc(Re r > 0), P2 = pc(Im r > 0); re = 2(P1 + P2 - N), im = 2(P2 - P1)
//
// With masks kinds 3 and 2 also count the live lanes, N, which without masks is a constant.
// The result leaves PipelineDepth enabled clock edges after the operands.
//
// PopcountTree 1 builds the adder tree that synthesis counts, its levels spread over the
// pipeline; 0 counts with $countones and delays the result: the same bits at the same edge,
// cheaper to simulate.

module bcnn_dot #(
  parameter int Lanes         = 64,
  parameter int PeKind        = 2,
  parameter int PipelineDepth = 1,
  parameter int PopcountTree  = 1
) (
  input  logic                                clk_i,
  input  logic                                en_i,

  input  logic [Lanes-1:0]                    weight_re_i,
  input  logic [Lanes-1:0]                    weight_im_i,
  input  logic [Lanes-1:0]                    weight_mask_i,
  input  logic [Lanes-1:0]                    value_re_i,
  input  logic [Lanes-1:0]                    value_im_i,
  input  logic [Lanes-1:0]                    value_mask_i,

  output logic signed [$clog2(2*Lanes+1):0]   re_o,
  output logic signed [$clog2(2*Lanes+1):0]   im_o
);

  localparam int SumWidth   = $clog2(2 * Lanes + 1) + 1;
  localparam int CountWidth = $clog2(Lanes + 1);
  localparam int Vectors    = (PeKind == 2) ? 3 : 4;

  // Levels of the circuit: up to three of counting, the lane functions in the first, then the
  // final sums.
  localparam int CountLevels = (Lanes <= 6) ? 1 : (Lanes <= 24) ? 2 : 3;
  localparam int TotalLevels = CountLevels + 1;
  localparam int FinalRanks  = PipelineDepth - (CountLevels * PipelineDepth) / TotalLevels;

  // Lane functions.
  logic [Lanes-1:0]         live;
  logic [Lanes-1:0]         ax;
  logic [Lanes-1:0]         by;
  logic [Lanes-1:0]         ay;
  logic [Lanes-1:0]         bx;
  logic [Vectors*Lanes-1:0] vectors;

  assign live = weight_mask_i & value_mask_i;
  assign ax   = weight_re_i ~^ value_re_i;
  assign by   = weight_im_i ~^ value_im_i;
  assign ay   = weight_re_i ~^ value_im_i;
  assign bx   = weight_im_i ~^ value_re_i;

  if (PeKind == 4) begin : gen_lanes_four
    assign vectors = {live & ~bx, live & ay, live & by, live & ax};
  end else if (PeKind == 3) begin : gen_lanes_three
    // The product is real when a x and -b y agree; then its sign is that of a x. Otherwise it
    // is imaginary with the sign of a y.
    assign vectors = {live, live & ~(ax ^ by) & ay, live & (ax ^ by), live & (ax ^ by) & ax};
  end else begin : gen_lanes_two
    // Re r > 0 for products +2 and -2i, Im r > 0 for +2 and +2i.
    assign vectors = {live, live & ((ax & ~by) | (ay & bx)), live & ((ax & ~by) | (~ay & ~bx))};
  end

  // Counts.
  logic [Vectors*CountWidth-1:0] counts;

  for (genvar v = 0; v < Vectors; v++) begin : gen_count
    if (PopcountTree != 0) begin : gen_tree
      bcnn_popcount #(
        .Lanes        (Lanes),
        .TotalLevels  (TotalLevels),
        .PipelineDepth(PipelineDepth)
      ) u_popcount (
        .clk_i,
        .en_i,
        .bits_i (vectors[v*Lanes +: Lanes]),
        .count_o(counts[v*CountWidth +: CountWidth])
      );
    end else begin : gen_countones
      assign counts[v*CountWidth +: CountWidth] =
        CountWidth'($countones(vectors[v*Lanes +: Lanes]));
    end
  end

  // Final sums, in halves: every component is even.
  logic signed [SumWidth-2:0] half_re;
  logic signed [SumWidth-2:0] half_im;

  if (PeKind == 4) begin : gen_sums_four
    assign half_re = $signed((SumWidth - 1)'(counts[0 +: CountWidth])) -
                     $signed((SumWidth - 1)'(counts[CountWidth +: CountWidth]));
    assign half_im = $signed((SumWidth - 1)'(counts[2*CountWidth +: CountWidth])) -
                     $signed((SumWidth - 1)'(counts[3*CountWidth +: CountWidth]));
  end else if (PeKind == 3) begin : gen_sums_three
    assign half_re = $signed((SumWidth - 1)'({counts[0 +: CountWidth], 1'b0})) -
                     $signed((SumWidth - 1)'(counts[CountWidth +: CountWidth]));
    assign half_im = $signed((SumWidth - 1)'({counts[2*CountWidth +: CountWidth], 1'b0})) +
                     $signed((SumWidth - 1)'(counts[CountWidth +: CountWidth])) -
                     $signed((SumWidth - 1)'(counts[3*CountWidth +: CountWidth]));
  end else begin : gen_sums_two
    assign half_re = $signed((SumWidth - 1)'(counts[0 +: CountWidth])) +
                     $signed((SumWidth - 1)'(counts[CountWidth +: CountWidth])) -
                     $signed((SumWidth - 1)'(counts[2*CountWidth +: CountWidth]));
    assign half_im = $signed((SumWidth - 1)'(counts[CountWidth +: CountWidth])) -
                     $signed((SumWidth - 1)'(counts[0 +: CountWidth]));
  end

  logic [2*(SumWidth-1)-1:0] halves_piped;

  bcnn_delay #(
    .Width(2 * (SumWidth - 1)),
    .Ranks((PopcountTree != 0) ? FinalRanks : PipelineDepth)
  ) u_ranks (
    .clk_i,
    .en_i,
    .data_i({half_im, half_re}),
    .data_o(halves_piped)
  );

  assign re_o = {halves_piped[0 +: SumWidth-1], 1'b0};
  assign im_o = {halves_piped[SumWidth-1 +: SumWidth-1], 1'b0};

endmodule
