// SPDX-License-Identifier: MIT
//
// Number of ones among up to 72 bits, in as many levels as the width needs:
//
//   0  six bits become a 3-bit count (bcnn_count6)
//   1  the counts' bits of equal weight, a column each, are counted the same way
//   2  the three column counts are added with their weights 1, 2, 4
//
// The module stands at the input of a circuit of TotalLevels levels over which PipelineDepth
// register ranks are spread evenly (see bcnn_dot); it places those that fall to its own levels.

module bcnn_popcount #(
  parameter int Lanes         = 64,
  parameter int TotalLevels   = 4,
  parameter int PipelineDepth = 1
) (
  input  logic                       clk_i,
  input  logic                       en_i,
  input  logic [Lanes-1:0]           bits_i,
  output logic [$clog2(Lanes+1)-1:0] count_o
);

  localparam int CountWidth = $clog2(Lanes + 1);
  localparam int Groups     = (Lanes + 5) / 6;

  // Ranks behind level l: those of the first l + 1 levels less those of the first l.
  localparam int Ranks0 = PipelineDepth / TotalLevels;
  localparam int Ranks1 = (2 * PipelineDepth) / TotalLevels - Ranks0;
  localparam int Ranks2 = (3 * PipelineDepth) / TotalLevels - Ranks1 - Ranks0;

  // Level 0. Column k holds bit k of every group's count.
  logic [Groups*6-1:0] padded;
  logic [3*Groups-1:0] columns;
  logic [3*Groups-1:0] columns_piped;

  assign padded = (Groups * 6)'(bits_i);

  for (genvar g = 0; g < Groups; g++) begin : gen_group
    bcnn_count6 u_count (
      .bits_i (padded[g*6 +: 6]),
      .count_o({columns[2*Groups+g], columns[Groups+g], columns[g]})
    );
  end

  bcnn_delay #(
    .Width(3 * Groups),
    .Ranks(Ranks0)
  ) u_ranks0 (
    .clk_i,
    .en_i,
    .data_i(columns),
    .data_o(columns_piped)
  );

  if (Groups == 1) begin : gen_one_group
    assign count_o = CountWidth'(columns_piped);
  end else begin : gen_columns
    // Level 1.
    logic [3*4-1:0] sums;
    logic [3*4-1:0] sums_piped;

    for (genvar k = 0; k < 3; k++) begin : gen_column
      logic [11:0] column;
      logic [2:0]  low;
      logic [2:0]  high;

      assign column = 12'(columns_piped[k*Groups +: Groups]);

      bcnn_count6 u_low (
        .bits_i (column[5:0]),
        .count_o(low)
      );

      bcnn_count6 u_high (
        .bits_i (column[11:6]),
        .count_o(high)
      );

      assign sums[k*4 +: 4] = 4'(low) + 4'(high);
    end

    bcnn_delay #(
      .Width(3 * 4),
      .Ranks(Ranks1)
    ) u_ranks1 (
      .clk_i,
      .en_i,
      .data_i(sums),
      .data_o(sums_piped)
    );

    // Level 2. The count itself fits, so does every sum modulo the count's width.
    logic [CountWidth-1:0] total;

    assign total = CountWidth'(sums_piped[3:0]) + CountWidth'({sums_piped[7:4], 1'b0}) +
                   CountWidth'({sums_piped[11:8], 2'b00});

    bcnn_delay #(
      .Width(CountWidth),
      .Ranks(Ranks2)
    ) u_ranks2 (
      .clk_i,
      .en_i,
      .data_i(total),
      .data_o(count_o)
    );
  end

endmodule
