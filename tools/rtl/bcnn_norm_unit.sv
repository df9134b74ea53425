// SPDX-License-Identifier: MIT
//
// Folded batch norm on up to NormLanes complex sums per cycle, to signs or to 16-bit values as the
// layer's command says. One pipeline of PipelineDepth stages with a global stall: it advances unless
// its last stage holds a beat for which the channel it goes to has no room. Only an advancing edge
// takes a command or sums; a command may be taken in the cycle of its layer's first beat.
//
// The table of constants is filled once, a channel per data beat (layout: ParameterImage.cs), also
// while the pipeline stands; its completion is told once. Commands come after that. Channel c lies
// in bank c mod Banks, so a layer may begin anywhere. From two stages on the table is read into the
// memory's own register.
//
// Layouts, lowest bits first: sums, bits and values [pixel][channel]. Lanes beyond pixels and
// channels mean nothing. A beat's pixels follow each other.

module bcnn_norm_unit #(
  parameter int OutputLanes     = 8,
  parameter int NormLanes       = 32,
  parameter int AccumulatorBits = 24,
  parameter int PipelineDepth   = 4,
  parameter int TableChannels   = 4096,
  // Derived: not to be set.
  parameter int BeatPixels      = (NormLanes < OutputLanes) ? 1 : NormLanes / OutputLanes,
  parameter int BeatChannels    = (NormLanes < OutputLanes) ? NormLanes : OutputLanes
) (
  input  logic                                               clk_i,
  input  logic                                               rst_ni,

  // Channels of the program, constant.
  input  logic [15:0]                                        table_channels_i,

  // Data channel, consumer side.
  input  logic                                               data_valid_i,
  output logic                                               data_ready_o,
  input  logic [255:0]                                       data_i,

  // Command channel, consumer side: kind 0 complex, 1 diagonal, 2 threshold; first channel in the
  // table; number of the layer, which goes with its values.
  input  logic                                               command_valid_i,
  output logic                                               command_ready_o,
  input  logic [15:0]                                        command_pixels_i,
  input  logic [15:0]                                        command_channels_i,
  input  logic [15:0]                                        command_base_i,
  input  logic [15:0]                                        command_layer_i,
  input  logic [1:0]                                         command_kind_i,
  input  logic                                               command_values_i,

  // Sum channel, consumer side.
  input  logic                                               sum_valid_i,
  output logic                                               sum_ready_o,
  input  logic [BeatPixels*BeatChannels*AccumulatorBits-1:0] sum_re_i,
  input  logic [BeatPixels*BeatChannels*AccumulatorBits-1:0] sum_im_i,
  input  logic [15:0]                                        sum_first_pixel_i,
  input  logic [15:0]                                        sum_pixels_i,
  input  logic [15:0]                                        sum_first_channel_i,
  input  logic [15:0]                                        sum_channels_i,

  // Bit channel, producer side; 1 = +1.
  output logic                                               bits_valid_o,
  input  logic                                               bits_ready_i,
  output logic [BeatPixels*BeatChannels-1:0]                 bits_re_o,
  output logic [BeatPixels*BeatChannels-1:0]                 bits_im_o,

  // Value channel, producer side.
  output logic                                               values_valid_o,
  input  logic                                               values_ready_i,
  output logic [BeatPixels*BeatChannels*16-1:0]              values_re_o,
  output logic [BeatPixels*BeatChannels*16-1:0]              values_im_o,
  output logic [15:0]                                        values_saturations_o,
  output logic [15:0]                                        values_layer_o,

  // Place of the beat offered in either channel.
  output logic [15:0]                                        first_pixel_o,
  output logic [15:0]                                        pixels_o,
  output logic [15:0]                                        first_channel_o,
  output logic [15:0]                                        channels_o,

  // Completion channel, producer side: the table is filled.
  output logic                                               loaded_valid_o,
  input  logic                                               loaded_ready_i
);

  localparam int Lanes        = BeatPixels * BeatChannels;
  localparam int TableRanks   = (PipelineDepth > 1) ? 1 : 0;
  localparam int SumRanks     = (PipelineDepth > 2) ? 1 : 0;
  localparam int ProductRanks = (PipelineDepth > 3) ? 1 : 0;
  localparam int MiddleRanks  = ProductRanks + SumRanks;
  localparam int OutputRanks  = PipelineDepth - TableRanks - MiddleRanks;
  localparam int TagWidth     = 81;
  localparam int WordWidth    = 168;
  localparam int BankBits     = $clog2(BeatChannels);
  localparam int Banks        = 1 << BankBits;
  localparam int BankWords    = (TableChannels + Banks - 1) / Banks;
  localparam int AddrWidth    = (BankWords > 1) ? $clog2(BankWords) : 1;

  // Table: filling.
  logic [15:0] filled_q;
  logic        reported_q;
  logic        complete_q;
  logic        fill;
  logic        complete;

  assign complete_q     = (filled_q == table_channels_i);
  assign data_ready_o   = ~complete_q;
  assign fill           = data_valid_i & ~complete_q;
  assign complete       = complete_q | (fill & (filled_q + 16'd1 == table_channels_i));
  assign loaded_valid_o = complete & ~reported_q;

  // Pipeline control: the valid bits of the stages, newest lowest.
  logic [PipelineDepth-1:0] valid_q;
  logic                     to_values;
  logic                     advance;
  logic                     take;

  assign advance        = ~valid_q[PipelineDepth-1] | (to_values ? values_ready_i : bits_ready_i);
  assign bits_valid_o   = valid_q[PipelineDepth-1] & ~to_values;
  assign values_valid_o = valid_q[PipelineDepth-1] & to_values;

  // Layer.
  logic        active_q;
  logic [66:0] layer_q;
  logic [66:0] layer;
  logic [15:0] layer_pixels;
  logic [15:0] layer_channels;
  logic [15:0] layer_base;
  logic [15:0] layer_number;
  logic [1:0]  layer_kind;
  logic        layer_values;
  logic        active;
  logic        layer_end;

  assign active = active_q | command_valid_i;
  assign layer  = active_q ? layer_q :
                  {command_values_i, command_kind_i, command_layer_i, command_base_i,
                   command_channels_i, command_pixels_i};
  assign layer_pixels    = layer[15:0];
  assign layer_channels  = layer[31:16];
  assign layer_base      = layer[47:32];
  assign layer_number    = layer[63:48];
  assign layer_kind      = layer[65:64];
  assign layer_values    = layer[66];
  assign command_ready_o = advance & ~active_q;
  assign sum_ready_o     = advance & active;
  assign take            = sum_ready_o & sum_valid_i;
  assign layer_end       = (sum_first_pixel_i + sum_pixels_i == layer_pixels) &
                           (sum_first_channel_i + sum_channels_i == layer_channels);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      filled_q   <= '0;
      reported_q <= 1'b0;
      active_q   <= 1'b0;
      valid_q    <= '0;
    end else begin
      filled_q   <= filled_q + {15'b0, fill};
      reported_q <= reported_q | (complete & loaded_ready_i);
      if (advance) begin
        active_q <= active & ~(take & layer_end);
        valid_q  <= PipelineDepth'({valid_q, take});
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!active_q) begin
      layer_q <= layer;
    end
  end

  // First stage: sums and tags beside the table's words.
  logic [15:0]                        channel;
  logic [2*Lanes*AccumulatorBits-1:0] sums;
  logic [TagWidth-1:0]                tag;
  logic [15:0]                        rotation;
  logic [1:0]                         kind;
  logic [Banks*WordWidth-1:0]         words;

  assign channel = layer_base + sum_first_channel_i;

  bcnn_delay #(
    .Width(2 * Lanes * AccumulatorBits + TagWidth + 18),
    .Ranks(TableRanks)
  ) u_first (
    .clk_i,
    .en_i  (advance),
    .data_i({sum_im_i, sum_re_i, layer_values, layer_number, sum_channels_i, sum_first_channel_i,
             sum_pixels_i, sum_first_pixel_i, channel & 16'(Banks - 1), layer_kind}),
    .data_o({sums, tag, rotation, kind})
  );

  for (genvar b = 0; b < Banks; b++) begin : gen_bank
    logic [15:0] word;
    logic [15:0] filled_word;

    // A bank below the first channel's holds the channel after the turn.
    assign word        = (channel >> BankBits) + {15'b0, (16'(b) < (channel & 16'(Banks - 1)))};
    assign filled_word = filled_q >> BankBits;

    bcnn_memory #(
      .Width    (WordWidth),
      .Depth    (BankWords),
      .ReadRanks(TableRanks)
    ) u_table (
      .clk_i,
      .wen_i  (fill & ((filled_q & 16'(Banks - 1)) == 16'(b))),
      .waddr_i(filled_word[AddrWidth-1:0]),
      .wdata_i(data_i[WordWidth-1:0]),
      .ren_i  (advance),
      .raddr_i(word[AddrWidth-1:0]),
      .rdata_o(words[b*WordWidth +: WordWidth])
    );
  end

  // Tags go with the arithmetic, then with the results.
  logic [TagWidth-1:0] middle_tag;
  logic [TagWidth-1:0] last_tag;

  bcnn_delay #(
    .Width(TagWidth),
    .Ranks(MiddleRanks)
  ) u_middle_tag (
    .clk_i,
    .en_i  (advance),
    .data_i(tag),
    .data_o(middle_tag)
  );

  bcnn_delay #(
    .Width(TagWidth),
    .Ranks(OutputRanks)
  ) u_last_tag (
    .clk_i,
    .en_i  (advance),
    .data_i(middle_tag),
    .data_o(last_tag)
  );

  assign first_pixel_o   = last_tag[15:0];
  assign pixels_o        = last_tag[31:16];
  assign first_channel_o = last_tag[47:32];
  assign channels_o      = last_tag[63:48];
  assign values_layer_o  = last_tag[79:64];
  assign to_values       = last_tag[80];

  // Arithmetic.
  logic [2*Lanes*16-1:0] results;
  logic [2*Lanes*16-1:0] results_d;
  logic [2*Lanes-1:0]    saturated;
  logic [15:0]           saturations;

  // Words turned so that the first channel's lies lowest, by powers of two.
  logic [Banks*WordWidth-1:0] turned;
  logic [Banks*WordWidth-1:0] straight;

  always_comb begin
    turned   = words;
    straight = words;
    for (int s = 0; s < BankBits; s++) begin
      straight = turned;
      for (int b = 0; b < Banks; b++) begin
        if (rotation[s]) begin
          turned[b*WordWidth +: WordWidth] =
            straight[(b + (1 << s)) % Banks * WordWidth +: WordWidth];
        end
      end
    end
  end

  for (genvar c = 0; c < BeatChannels; c++) begin : gen_channel
    logic [WordWidth-1:0] constants;
    logic [63:0]          coefficients;
    logic [5:0]           shift;

    assign constants = turned[c*WordWidth +: WordWidth];

    // A diagonal norm has two coefficients: of re for re, of im for im.
    assign coefficients = (kind == 2'd0) ? constants[63:0] :
                          {constants[31:16], 16'b0, 16'b0, constants[15:0]};

    bcnn_delay #(
      .Width(6),
      .Ranks(MiddleRanks)
    ) u_shift (
      .clk_i,
      .en_i  (advance),
      .data_i(constants[167:162]),
      .data_o(shift)
    );

    for (genvar p = 0; p < BeatPixels; p++) begin : gen_pixel
      localparam int At = p * BeatChannels + c;

      logic live;
      logic saturated_re;
      logic saturated_im;

      bcnn_norm_lane #(
        .AccumulatorBits(AccumulatorBits),
        .ProductRanks   (ProductRanks),
        .SumRanks       (SumRanks)
      ) u_lane (
        .clk_i,
        .en_i          (advance),
        .re_i          (sums[At*AccumulatorBits +: AccumulatorBits]),
        .im_i          (sums[(Lanes+At)*AccumulatorBits +: AccumulatorBits]),
        .coefficients_i(coefficients),
        .constants_i   (constants[159:64]),
        .inversions_i  (constants[161:160]),
        .threshold_i   (kind == 2'd2),
        .shift_i       (shift),
        .to_values_i   (middle_tag[80]),
        .re_o          (results[At*16 +: 16]),
        .im_o          (results[(Lanes+At)*16 +: 16]),
        .saturated_re_o(saturated_re),
        .saturated_im_o(saturated_im)
      );

      assign live                = (16'(p) < middle_tag[31:16]) & (16'(c) < middle_tag[63:48]);
      assign saturated[At]       = live & saturated_re;
      assign saturated[Lanes+At] = live & saturated_im;
    end
  end

  always_comb begin
    saturations = '0;
    for (int i = 0; i < 2 * Lanes; i++) begin
      saturations = saturations + {15'b0, saturated[i]};
    end
  end

  bcnn_delay #(
    .Width(2 * Lanes * 16 + 16),
    .Ranks(OutputRanks)
  ) u_results (
    .clk_i,
    .en_i  (advance),
    .data_i({saturations, results}),
    .data_o({values_saturations_o, results_d})
  );

  assign values_re_o = results_d[Lanes*16-1:0];
  assign values_im_o = results_d[2*Lanes*16-1:Lanes*16];

  for (genvar i = 0; i < Lanes; i++) begin : gen_bit
    assign bits_re_o[i] = ~results_d[i*16+15];
    assign bits_im_o[i] = ~results_d[(Lanes+i)*16+15];
  end

`ifdef BCNN_ASSERTIONS
  always @(posedge clk_i or negedge rst_ni) begin
    if (rst_ni) begin
      assert (!take || complete_q)
        else $error("bcnn_norm_unit: sums before the table is filled");
      assert (!take || !layer_values || layer_kind != 2'd2)
        else $error("bcnn_norm_unit: a threshold norm has no values");
      assert (!take || layer_base + layer_channels <= table_channels_i)
        else $error("bcnn_norm_unit: the layer lies beyond the table");
    end
  end
`endif

endmodule
