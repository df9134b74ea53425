// SPDX-License-Identifier: MIT
//
// Co-simulation bench of bcnn_accumulator_bank between its three channels; beats as in
// bcnn_pe_array_bench.
//
//   in   word 0    bit 0 push a command, 1 push a partial sum, 2 take sums
//        word 1    command beat: pixels, channels, 16 bits each
//        word 2..  partial-sum beat: last, plane (3), re, im [output][pixel]
//   out  word 0-2  command, partial, sum channel: bits 15:0 count, 16 valid, 17 ready
//        word 3..  head of the sum channel: first pixel, pixels, first channel, channels, 16 bits
//                  each; re, im [pixel][channel], lanes that mean nothing shown as 0

module bcnn_accumulator_bank_bench #(
  parameter int OutputLanes     = 8,
  parameter int PixelLanes      = 16,
  parameter int PartialWidth    = 5,
  parameter int AccumulatorBits = 24,
  parameter int NormLanes       = 32,
  parameter int CommandDepth    = 2,
  parameter int PartialDepth    = 2,
  parameter int SumDepth        = 2,
  parameter int InputWords      = 32,
  parameter int OutputWords     = 16
) (
  input  logic                      clk_i,
  input  logic                      rst_ni,
  input  logic [32*InputWords-1:0]  in_i,
  output logic [32*OutputWords-1:0] out_o
);

  localparam int BeatPixels   = (NormLanes < OutputLanes) ? 1 : NormLanes / OutputLanes;
  localparam int BeatChannels = (NormLanes < OutputLanes) ? NormLanes : OutputLanes;
  localparam int Lanes        = BeatPixels * BeatChannels;
  localparam int PartialBits  = OutputLanes * PixelLanes * PartialWidth;
  localparam int PartialBeat  = 4 + 2 * PartialBits;
  localparam int SumBits      = Lanes * AccumulatorBits;
  localparam int SumBeat      = 64 + 2 * SumBits;

  logic                              command_wready;
  logic                              command_valid;
  logic                              command_ready;
  logic [31:0]                       command;
  logic [$clog2(CommandDepth+1)-1:0] command_count;
  logic                              partial_wready;
  logic                              partial_valid;
  logic                              partial_ready;
  logic [PartialBeat-1:0]            partial;
  logic [$clog2(PartialDepth+1)-1:0] partial_count;
  logic                              sum_valid;
  logic                              sum_ready;
  logic [SumBeat-1:0]                sum;
  logic                              head_valid;
  logic [SumBeat-1:0]                head;
  logic [SumBeat-1:0]                shown;
  logic [$clog2(SumDepth+1)-1:0]     sum_count;

  bcnn_channel #(
    .Width(32),
    .Depth(CommandDepth)
  ) u_command (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[0]),
    .wready_o(command_wready),
    .wdata_i (in_i[63:32]),
    .rvalid_o(command_valid),
    .rready_i(command_ready),
    .rdata_o (command),
    .count_o (command_count)
  );

  bcnn_channel #(
    .Width(PartialBeat),
    .Depth(PartialDepth)
  ) u_partial (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[1]),
    .wready_o(partial_wready),
    .wdata_i (in_i[64 +: PartialBeat]),
    .rvalid_o(partial_valid),
    .rready_i(partial_ready),
    .rdata_o (partial),
    .count_o (partial_count)
  );

  bcnn_accumulator_bank #(
    .OutputLanes    (OutputLanes),
    .PixelLanes     (PixelLanes),
    .PartialWidth   (PartialWidth),
    .AccumulatorBits(AccumulatorBits),
    .NormLanes      (NormLanes)
  ) u_bank (
    .clk_i,
    .rst_ni,
    .command_valid_i    (command_valid),
    .command_ready_o    (command_ready),
    .command_pixels_i   (command[15:0]),
    .command_channels_i (command[31:16]),
    .partial_valid_i    (partial_valid),
    .partial_ready_o    (partial_ready),
    .partial_re_i       (partial[4 +: PartialBits]),
    .partial_im_i       (partial[4+PartialBits +: PartialBits]),
    .partial_plane_i    (partial[3:1]),
    .partial_last_i     (partial[0]),
    .sum_valid_o        (sum_valid),
    .sum_ready_i        (sum_ready),
    .sum_re_o           (sum[64 +: SumBits]),
    .sum_im_o           (sum[64+SumBits +: SumBits]),
    .sum_first_pixel_o  (sum[15:0]),
    .sum_pixels_o       (sum[31:16]),
    .sum_first_channel_o(sum[47:32]),
    .sum_channels_o     (sum[63:48])
  );

  bcnn_channel #(
    .Width(SumBeat),
    .Depth(SumDepth)
  ) u_sum (
    .clk_i,
    .rst_ni,
    .wvalid_i(sum_valid),
    .wready_o(sum_ready),
    .wdata_i (sum),
    .rvalid_o(head_valid),
    .rready_i(in_i[2]),
    .rdata_o (head),
    .count_o (sum_count)
  );

  assign shown[63:0] = head[63:0];

  for (genvar p = 0; p < BeatPixels; p++) begin : gen_pixel
    for (genvar c = 0; c < BeatChannels; c++) begin : gen_channel
      localparam int At = 64 + (p * BeatChannels + c) * AccumulatorBits;

      logic live;
      assign live = (16'(p) < head[31:16]) & (16'(c) < head[63:48]);
      assign shown[At +: AccumulatorBits] = live ? head[At +: AccumulatorBits] : '0;
      assign shown[At+SumBits +: AccumulatorBits] = live ? head[At+SumBits +: AccumulatorBits] : '0;
    end
  end

  assign out_o[0 +: 32]  = {14'b0, command_wready, command_valid, 16'(command_count)};
  assign out_o[32 +: 32] = {14'b0, partial_wready, partial_valid, 16'(partial_count)};
  assign out_o[64 +: 32] = {14'b0, sum_ready, head_valid, 16'(sum_count)};
  assign out_o[32*OutputWords-1:96] = (32 * (OutputWords - 3))'(shown);

endmodule
