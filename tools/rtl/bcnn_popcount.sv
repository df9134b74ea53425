// SPDX-License-Identifier: MIT
//
// Number of ones among up to 72 bits, in as many levels as the width needs:
//
//   0  six bits become a 3-bit count (bcnn_count6)
//   1  up to four counts are added; of more counts the bits of equal weight, a column each, are
//      counted the same way as the lanes
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
  logic [3*Groups-1:0] columns;
  logic [3*Groups-1:0] columns_piped;

  for (genvar g = 0; g < Groups; g++) begin : gen_group
    localparam int Size = (g == Groups - 1) ? Lanes - 6 * g : 6;

    logic [$clog2(Size+1)-1:0] count;

    bcnn_count6 #(
      .Lanes(Size)
    ) u_count (
      .bits_i (bits_i[6*g +: Size]),
      .count_o(count)
    );

    assign {columns[2*Groups+g], columns[Groups+g], columns[g]} = 3'(count);
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
  end else if (Groups <= 4) begin : gen_few_groups
    // Level 1.
    logic [11:0]           counts;
    logic [CountWidth-1:0] total;

    for (genvar g = 0; g < 4; g++) begin : gen_pad
      if (g < Groups) begin : gen_group
        assign counts[3*g +: 3] =
          {columns_piped[2*Groups+g], columns_piped[Groups+g], columns_piped[g]};
      end else begin : gen_none
        assign counts[3*g +: 3] = 3'd0;
      end
    end

    assign total = (CountWidth'(counts[2:0]) + CountWidth'(counts[5:3])) +
                   (CountWidth'(counts[8:6]) + CountWidth'(counts[11:9]));

    bcnn_delay #(
      .Width(CountWidth),
      .Ranks(Ranks1)
    ) u_ranks1 (
      .clk_i,
      .en_i,
      .data_i(total),
      .data_o(count_o)
    );
  end else begin : gen_columns
    // Level 1.
    localparam int Low = (Groups < 6) ? Groups : 6;

    logic [11:0] sums;
    logic [11:0] sums_piped;

    for (genvar k = 0; k < 3; k++) begin : gen_column
      logic [2:0] low;

      bcnn_count6 #(
        .Lanes(Low)
      ) u_low (
        .bits_i (columns_piped[k*Groups +: Low]),
        .count_o(low)
      );

      if (Groups > 6) begin : gen_high
        logic [$clog2(Groups-5)-1:0] high;

        bcnn_count6 #(
          .Lanes(Groups - 6)
        ) u_high (
          .bits_i (columns_piped[k*Groups+6 +: Groups-6]),
          .count_o(high)
        );

        assign sums[4*k +: 4] = 4'(low) + 4'(high);
      end else begin : gen_low
        assign sums[4*k +: 4] = 4'(low);
      end
    end

    bcnn_delay #(
      .Width(12),
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
