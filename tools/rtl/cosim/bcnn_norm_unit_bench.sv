// SPDX-License-Identifier: MIT
//
// Co-simulation bench of bcnn_norm_unit between its six channels.
//
//   in   word 0    bit 0 push constants, 1 push a command, 2 push sums, 3 take bits, 4 take values,
//                  5 take a completion
//        word 1-8  data beat
//        word 9-11 command beat: pixels, channels, base, layer, 16 bits each; kind (2), values (1)
//        word 12.. sum beat: first pixel, pixels, first channel, channels, 16 bits each; re, im
//                  [pixel][channel]
//   out  word 0-5  data, command, sum, bits, values, loaded channel: bits 15:0 count, 16 valid,
//                  17 ready
//        word 6..  head of the bit channel: place as a sum beat; re, im [pixel][channel]
//        then      head of the value channel, from a new word: place, saturations, layer; re, im
//                  [pixel][channel], 16 bits each; lanes that mean nothing and heads of empty
//                  channels shown as 0

module bcnn_norm_unit_bench #(
  parameter int OutputLanes     = 8,
  parameter int NormLanes       = 32,
  parameter int AccumulatorBits = 24,
  parameter int PipelineDepth   = 4,
  parameter int TableChannels   = 64,
  parameter int DataDepth       = 2,
  parameter int CommandDepth    = 2,
  parameter int SumDepth        = 2,
  parameter int BitsDepth       = 2,
  parameter int ValuesDepth     = 2,
  parameter int LoadedDepth     = 2,
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
  localparam int SumBits      = Lanes * AccumulatorBits;
  localparam int SumBeat      = 64 + 2 * SumBits;
  localparam int BitBeat      = 64 + 2 * Lanes;
  localparam int ValueBeat    = 96 + 32 * Lanes;
  localparam int ValueWord    = 6 + (BitBeat + 31) / 32;

  logic                              data_wready;
  logic                              data_valid;
  logic                              data_ready;
  logic [255:0]                      data;
  logic [$clog2(DataDepth+1)-1:0]    data_count;
  logic                              command_wready;
  logic                              command_valid;
  logic                              command_ready;
  logic [66:0]                       command;
  logic [$clog2(CommandDepth+1)-1:0] command_count;
  logic                              sum_wready;
  logic                              sum_valid;
  logic                              sum_ready;
  logic [SumBeat-1:0]                sum;
  logic [$clog2(SumDepth+1)-1:0]     sum_count;
  logic                              bits_valid;
  logic                              bits_ready;
  logic [BitBeat-1:0]                bits;
  logic                              bits_head_valid;
  logic [BitBeat-1:0]                bits_head;
  logic [$clog2(BitsDepth+1)-1:0]    bits_count;
  logic                              values_valid;
  logic                              values_ready;
  logic [ValueBeat-1:0]              values;
  logic                              values_head_valid;
  logic [ValueBeat-1:0]              values_head;
  logic [$clog2(ValuesDepth+1)-1:0]  values_count;
  logic                              loaded_valid;
  logic                              loaded_ready;
  logic                              loaded_head_valid;
  logic                              loaded_head;
  logic [$clog2(LoadedDepth+1)-1:0]  loaded_count;

  bcnn_channel #(
    .Width(256),
    .Depth(DataDepth)
  ) u_data (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[0]),
    .wready_o(data_wready),
    .wdata_i (in_i[32 +: 256]),
    .rvalid_o(data_valid),
    .rready_i(data_ready),
    .rdata_o (data),
    .count_o (data_count)
  );

  bcnn_channel #(
    .Width(67),
    .Depth(CommandDepth)
  ) u_command (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[1]),
    .wready_o(command_wready),
    .wdata_i (in_i[288 +: 67]),
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
    .wvalid_i(in_i[2]),
    .wready_o(sum_wready),
    .wdata_i (in_i[384 +: SumBeat]),
    .rvalid_o(sum_valid),
    .rready_i(sum_ready),
    .rdata_o (sum),
    .count_o (sum_count)
  );

  bcnn_norm_unit #(
    .OutputLanes    (OutputLanes),
    .NormLanes      (NormLanes),
    .AccumulatorBits(AccumulatorBits),
    .PipelineDepth  (PipelineDepth),
    .TableChannels  (TableChannels)
  ) u_norm (
    .clk_i,
    .rst_ni,
    .table_channels_i    (16'(TableChannels)),
    .data_valid_i        (data_valid),
    .data_ready_o        (data_ready),
    .data_i              (data),
    .command_valid_i     (command_valid),
    .command_ready_o     (command_ready),
    .command_pixels_i    (command[15:0]),
    .command_channels_i  (command[31:16]),
    .command_base_i      (command[47:32]),
    .command_layer_i     (command[63:48]),
    .command_kind_i      (command[65:64]),
    .command_values_i    (command[66]),
    .sum_valid_i         (sum_valid),
    .sum_ready_o         (sum_ready),
    .sum_re_i            (sum[64 +: SumBits]),
    .sum_im_i            (sum[64+SumBits +: SumBits]),
    .sum_first_pixel_i   (sum[15:0]),
    .sum_pixels_i        (sum[31:16]),
    .sum_first_channel_i (sum[47:32]),
    .sum_channels_i      (sum[63:48]),
    .bits_valid_o        (bits_valid),
    .bits_ready_i        (bits_ready),
    .bits_re_o           (bits[64 +: Lanes]),
    .bits_im_o           (bits[64+Lanes +: Lanes]),
    .values_valid_o      (values_valid),
    .values_ready_i      (values_ready),
    .values_re_o         (values[96 +: 16*Lanes]),
    .values_im_o         (values[96+16*Lanes +: 16*Lanes]),
    .values_saturations_o(values[79:64]),
    .values_layer_o      (values[95:80]),
    .first_pixel_o       (bits[15:0]),
    .pixels_o            (bits[31:16]),
    .first_channel_o     (bits[47:32]),
    .channels_o          (bits[63:48]),
    .loaded_valid_o      (loaded_valid),
    .loaded_ready_i      (loaded_ready)
  );

  assign values[63:0] = bits[63:0];

  bcnn_channel #(
    .Width(BitBeat),
    .Depth(BitsDepth)
  ) u_bits (
    .clk_i,
    .rst_ni,
    .wvalid_i(bits_valid),
    .wready_o(bits_ready),
    .wdata_i (bits),
    .rvalid_o(bits_head_valid),
    .rready_i(in_i[3]),
    .rdata_o (bits_head),
    .count_o (bits_count)
  );

  bcnn_channel #(
    .Width(ValueBeat),
    .Depth(ValuesDepth)
  ) u_values (
    .clk_i,
    .rst_ni,
    .wvalid_i(values_valid),
    .wready_o(values_ready),
    .wdata_i (values),
    .rvalid_o(values_head_valid),
    .rready_i(in_i[4]),
    .rdata_o (values_head),
    .count_o (values_count)
  );

  bcnn_channel #(
    .Width(1),
    .Depth(LoadedDepth)
  ) u_loaded (
    .clk_i,
    .rst_ni,
    .wvalid_i(loaded_valid),
    .wready_o(loaded_ready),
    .wdata_i (1'b0),
    .rvalid_o(loaded_head_valid),
    .rready_i(in_i[5]),
    .rdata_o (loaded_head),
    .count_o (loaded_count)
  );

  logic [BitBeat-1:0]   bits_shown;
  logic [ValueBeat-1:0] values_shown;

  assign bits_shown[63:0]   = bits_head_valid ? bits_head[63:0] : '0;
  assign values_shown[95:0] = values_head_valid ? values_head[95:0] : '0;

  for (genvar p = 0; p < BeatPixels; p++) begin : gen_pixel
    for (genvar c = 0; c < BeatChannels; c++) begin : gen_channel
      localparam int At = p * BeatChannels + c;

      logic bit_live;
      logic value_live;

      assign bit_live = bits_head_valid & (16'(p) < bits_head[31:16]) & (16'(c) < bits_head[63:48]);
      assign value_live = values_head_valid & (16'(p) < values_head[31:16]) &
                          (16'(c) < values_head[63:48]);
      assign bits_shown[64+At]       = bit_live & bits_head[64+At];
      assign bits_shown[64+Lanes+At] = bit_live & bits_head[64+Lanes+At];
      assign values_shown[96+16*At +: 16] = value_live ? values_head[96+16*At +: 16] : '0;
      assign values_shown[96+16*(Lanes+At) +: 16] =
        value_live ? values_head[96+16*(Lanes+At) +: 16] : '0;
    end
  end

  assign out_o[0 +: 32]   = {14'b0, data_wready, data_valid, 16'(data_count)};
  assign out_o[32 +: 32]  = {14'b0, command_wready, command_valid, 16'(command_count)};
  assign out_o[64 +: 32]  = {14'b0, sum_wready, sum_valid, 16'(sum_count)};
  assign out_o[96 +: 32]  = {14'b0, bits_ready, bits_head_valid, 16'(bits_count)};
  assign out_o[128 +: 32] = {14'b0, values_ready, values_head_valid, 16'(values_count)};
  assign out_o[160 +: 32] = {14'b0, loaded_ready, loaded_head_valid, 16'(loaded_count)};
  assign out_o[32*ValueWord-1:192] = (32 * (ValueWord - 6))'(bits_shown);
  assign out_o[32*OutputWords-1:32*ValueWord] = (32 * (OutputWords - ValueWord))'(values_shown);

endmodule
