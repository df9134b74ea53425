// SPDX-License-Identifier: MIT
//
// Co-simulation bench of bcnn_pool_unit between its three channels.
//
//   in   word 0    bit 0 push a command, 1 push sums, 2 take pooled sums
//        word 1-2  command beat: pixels, channels, factor, columns, 16 bits each
//        word 3..  sum beat: first pixel, pixels, first channel, channels, 16 bits each; re, im
//                  [pixel][channel]
//   out  word 0-2  command, sum, pooled channel: bits 15:0 count, 16 valid, 17 ready
//        word 3..  head of the pooled channel, as a sum beat; lanes that mean nothing shown as 0

module bcnn_pool_unit_bench #(
  parameter int OutputLanes     = 8,
  parameter int PixelLanes      = 16,
  parameter int NormLanes       = 32,
  parameter int PoolLanes       = 32,
  parameter int AccumulatorBits = 24,
  parameter int StateWords      = 128,
  parameter int CommandDepth    = 2,
  parameter int SumDepth        = 2,
  parameter int PooledDepth     = 2,
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
  localparam int SumBits      = BeatPixels * BeatChannels * AccumulatorBits;
  localparam int SumBeat      = 64 + 2 * SumBits;

  logic                              command_wready;
  logic                              command_valid;
  logic                              command_ready;
  logic [63:0]                       command;
  logic [$clog2(CommandDepth+1)-1:0] command_count;
  logic                              sum_wready;
  logic                              sum_valid;
  logic                              sum_ready;
  logic [SumBeat-1:0]                sum;
  logic [$clog2(SumDepth+1)-1:0]     sum_count;
  logic                              pooled_valid;
  logic                              pooled_ready;
  logic [SumBeat-1:0]                pooled;
  logic                              head_valid;
  logic [SumBeat-1:0]                head;
  logic [SumBeat-1:0]                shown;
  logic [$clog2(PooledDepth+1)-1:0]  pooled_count;

  bcnn_channel #(
    .Width(64),
    .Depth(CommandDepth)
  ) u_command (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[0]),
    .wready_o(command_wready),
    .wdata_i (in_i[95:32]),
    .rvalid_o(command_valid),
    .rready_i(command_ready),
    .rdata_o (command),
    .count_o (command_count)
  );

  bcnn_channel #(
    .Width(SumBeat),
    .Depth(SumDepth)
  ) u_sum (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[1]),
    .wready_o(sum_wready),
    .wdata_i (in_i[96 +: SumBeat]),
    .rvalid_o(sum_valid),
    .rready_i(sum_ready),
    .rdata_o (sum),
    .count_o (sum_count)
  );

  bcnn_pool_unit #(
    .OutputLanes    (OutputLanes),
    .PixelLanes     (PixelLanes),
    .NormLanes      (NormLanes),
    .PoolLanes      (PoolLanes),
    .AccumulatorBits(AccumulatorBits),
    .StateWords     (StateWords)
  ) u_pool (
    .clk_i,
    .rst_ni,
    .command_valid_i       (command_valid),
    .command_ready_o       (command_ready),
    .command_pixels_i      (command[15:0]),
    .command_channels_i    (command[31:16]),
    .command_factor_i      (command[47:32]),
    .command_columns_i     (command[63:48]),
    .sum_valid_i           (sum_valid),
    .sum_ready_o           (sum_ready),
    .sum_re_i              (sum[64 +: SumBits]),
    .sum_im_i              (sum[64+SumBits +: SumBits]),
    .sum_first_pixel_i     (sum[15:0]),
    .sum_pixels_i          (sum[31:16]),
    .sum_first_channel_i   (sum[47:32]),
    .sum_channels_i        (sum[63:48]),
    .pooled_valid_o        (pooled_valid),
    .pooled_ready_i        (pooled_ready),
    .pooled_re_o           (pooled[64 +: SumBits]),
    .pooled_im_o           (pooled[64+SumBits +: SumBits]),
    .pooled_first_pixel_o  (pooled[15:0]),
    .pooled_pixels_o       (pooled[31:16]),
    .pooled_first_channel_o(pooled[47:32]),
    .pooled_channels_o     (pooled[63:48])
  );

  bcnn_channel #(
    .Width(SumBeat),
    .Depth(PooledDepth)
  ) u_pooled (
    .clk_i,
    .rst_ni,
    .wvalid_i(pooled_valid),
    .wready_o(pooled_ready),
    .wdata_i (pooled),
    .rvalid_o(head_valid),
    .rready_i(in_i[2]),
    .rdata_o (head),
    .count_o (pooled_count)
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
  assign out_o[32 +: 32] = {14'b0, sum_wready, sum_valid, 16'(sum_count)};
  assign out_o[64 +: 32] = {14'b0, pooled_ready, head_valid, 16'(pooled_count)};
  assign out_o[32*OutputWords-1:96] = (32 * (OutputWords - 3))'(shown);

endmodule
