// SPDX-License-Identifier: MIT
//
// Sums of bcnn_pool_unit: the chunk in hand, the running sums, the results of the beat so far.
//
// State: column c lies in bank c mod Banks, so neighbouring columns are read and written at once.
// Where a chunk goes on from the end of a row to its beginning, two columns may share a bank: each
// bank has an even and an odd half, and the last word of a row lies in the odd one.
//
// Layouts, lowest bits first: beat [pixel][channel]; results [slot][channel], re below im. A chunk
// is LanePixels x LaneChannels of a beat; with several chunks of channels it is one pixel.

module bcnn_pool_sums #(
  parameter int BeatPixels      = 4,
  parameter int BeatChannels    = 8,
  parameter int LanePixels      = 4,
  parameter int LaneChannels    = 8,
  parameter int AccumulatorBits = 24,
  parameter int StateWords      = 128,
  // Derived: not to be set.
  parameter int Results         = (BeatPixels + 1) / 2
) (
  input  logic                                                clk_i,

  // The chunk's new sums and results are kept.
  input  logic                                                step_i,

  // Beat, number of the chunk in it, and first channel of the chunk.
  input  logic [BeatPixels*BeatChannels*AccumulatorBits-1:0]  re_i,
  input  logic [BeatPixels*BeatChannels*AccumulatorBits-1:0]  im_i,
  input  logic [15:0]                                         choice_i,
  input  logic [15:0]                                         channel_i,

  // Per pixel lane: exists; starts and ends its pooled pixel; pooled column; slot of its result.
  input  logic [LanePixels-1:0]                               live_i,
  input  logic [LanePixels-1:0]                               first_i,
  input  logic [LanePixels-1:0]                               last_i,
  input  logic [LanePixels*16-1:0]                            columns_i,
  input  logic [LanePixels*16-1:0]                            slots_i,

  // State word of the chunk's channels at column 0, and last word of a row.
  input  logic [15:0]                                         word_i,
  input  logic [15:0]                                         last_word_i,

  output logic [Results*BeatChannels*2*AccumulatorBits-1:0]   pooled_o
);

  localparam int PixelChunks = (BeatPixels + LanePixels - 1) / LanePixels;
  localparam int Chunks      = (BeatChannels + LaneChannels - 1) / LaneChannels;
  localparam int BankBits    = $clog2(LanePixels);
  localparam int Halves      = (LanePixels > 1) ? 2 : 1;
  localparam int SumWidth    = 2 * AccumulatorBits;
  localparam int LaneWidth   = LaneChannels * SumWidth;

  // Sums of the chunk, [pixel][channel], re below im. Chunks are numbered pixels first.
  logic [LanePixels*LaneWidth-1:0] chunk;

  always_comb begin
    chunk = '0;
    for (int p = 0; p < BeatPixels; p++) begin
      for (int c = 0; c < BeatChannels; c++) begin
        if (PixelChunks * Chunks == 1 ||
            choice_i == 16'(p / LanePixels * Chunks + c / LaneChannels)) begin
          chunk[(p%LanePixels*LaneChannels+c%LaneChannels)*SumWidth +: AccumulatorBits] =
            re_i[(p*BeatChannels+c)*AccumulatorBits +: AccumulatorBits];
          chunk[(p%LanePixels*LaneChannels+c%LaneChannels)*SumWidth+AccumulatorBits +: AccumulatorBits] =
            im_i[(p*BeatChannels+c)*AccumulatorBits +: AccumulatorBits];
        end
      end
    end
  end

  // State: each lane finds its column in a bank and half, unless an earlier lane has it in hand.
  localparam int Memories  = Halves << BankBits;
  localparam int HalfWords = (StateWords + Halves - 1) / Halves;
  localparam int AddrWidth = (HalfWords > 1) ? $clog2(HalfWords) : 1;

  logic [LanePixels*16-1:0] row_word;
  logic [LanePixels*16-1:0] word;
  logic [LanePixels*16-1:0] place;

  for (genvar i = 0; i < LanePixels; i++) begin : gen_word
    assign row_word[i*16 +: 16] = columns_i[i*16 +: 16] >> BankBits;

    if (Halves == 1) begin : gen_single
      assign word[i*16 +: 16]  = word_i + row_word[i*16 +: 16];
      assign place[i*16 +: 16] = '0;
    end else begin : gen_half
      // The last of several words goes to an odd place.
      assign word[i*16 +: 16] = word_i + (row_word[i*16 +: 16] |
        {15'b0, (row_word[i*16 +: 16] == last_word_i) & (last_word_i != '0)});
      assign place[i*16 +: 16] = 16'({word[i*16], columns_i[i*16 +: BankBits]});
    end
  end

  // Which lane writes a memory, and from which earlier lane a lane goes on: the last of them has the
  // newest sum. Columns that meet in a memory within one chunk are the same.
  localparam int IndexWidth = (LanePixels > 1) ? $clog2(LanePixels) : 1;

  logic [Memories-1:0]              hit;
  logic [Memories*16-1:0]           address;
  logic [Memories*IndexWidth-1:0]   writer;
  logic [LanePixels-1:0]            goes_on;
  logic [LanePixels*IndexWidth-1:0] from;

  always_comb begin
    hit     = '0;
    address = '0;
    writer  = '0;
    for (int b = 0; b < Memories; b++) begin
      for (int i = 0; i < LanePixels; i++) begin
        if (live_i[i] && place[i*16 +: 16] == 16'(b)) begin
          hit[b]                             = 1'b1;
          address[b*16 +: 16]                = word[i*16 +: 16] >> (Halves - 1);
          writer[b*IndexWidth +: IndexWidth] = IndexWidth'(i);
        end
      end
    end
  end

  always_comb begin
    goes_on = '0;
    from    = '0;
    for (int i = 0; i < LanePixels; i++) begin
      for (int j = 0; j < LanePixels; j++) begin
        if (j < i && columns_i[j*16 +: 16] == columns_i[i*16 +: 16]) begin
          goes_on[i]                       = 1'b1;
          from[i*IndexWidth +: IndexWidth] = IndexWidth'(j);
        end
      end
    end
  end

  // New sums.
  logic [Memories*LaneWidth-1:0]   stored;
  logic [Memories*LaneWidth-1:0]   written;
  logic [LanePixels*LaneWidth-1:0] result;
  logic [LaneWidth-1:0]            own;
  logic [LaneWidth-1:0]            base;

  always_comb begin
    result = '0;
    own    = '0;
    base   = '0;
    for (int i = 0; i < LanePixels; i++) begin
      base = '0;
      for (int b = 0; b < Memories; b++) begin
        if (place[i*16 +: 16] == 16'(b)) begin
          base = stored[b*LaneWidth +: LaneWidth];
        end
      end
      own = '0;
      for (int j = 0; j < LanePixels; j++) begin
        if (j < i && from[i*IndexWidth +: IndexWidth] == IndexWidth'(j)) begin
          own = result[j*LaneWidth +: LaneWidth];
        end
      end
      base = first_i[i] ? '0 : goes_on[i] ? own : base;
      for (int v = 0; v < 2 * LaneChannels; v++) begin
        result[i*LaneWidth+v*AccumulatorBits +: AccumulatorBits] =
          chunk[i*LaneWidth+v*AccumulatorBits +: AccumulatorBits] +
          base[v*AccumulatorBits +: AccumulatorBits];
      end
    end
  end

  always_comb begin
    written = '0;
    for (int b = 0; b < Memories; b++) begin
      for (int i = 0; i < LanePixels; i++) begin
        if (writer[b*IndexWidth +: IndexWidth] == IndexWidth'(i)) begin
          written[b*LaneWidth +: LaneWidth] = result[i*LaneWidth +: LaneWidth];
        end
      end
    end
  end

  for (genvar b = 0; b < Memories; b++) begin : gen_memory
    bcnn_memory #(
      .Width    (LaneWidth),
      .Depth    (HalfWords),
      .ReadRanks(0)
    ) u_state (
      .clk_i,
      .wen_i  (step_i & hit[b]),
      .waddr_i(address[b*16 +: AddrWidth]),
      .wdata_i(written[b*LaneWidth +: LaneWidth]),
      .ren_i  (1'b1),
      .raddr_i(address[b*16 +: AddrWidth]),
      .rdata_o(stored[b*LaneWidth +: LaneWidth])
    );
  end

  // Results close up: that of a lane goes to the slot after those found before it.
  logic [Results-1:0]                       found;
  logic [Results*IndexWidth-1:0]            source;
  logic [Results*BeatChannels*SumWidth-1:0] held;

  always_comb begin
    found  = '0;
    source = '0;
    for (int s = 0; s < Results; s++) begin
      for (int i = 0; i < LanePixels; i++) begin
        if (last_i[i] && slots_i[i*16 +: 16] == 16'(s)) begin
          found[s]                           = 1'b1;
          source[s*IndexWidth +: IndexWidth] = IndexWidth'(i);
        end
      end
    end
  end

  always_comb begin
    pooled_o = held;
    for (int s = 0; s < Results; s++) begin
      for (int c = 0; c < BeatChannels; c++) begin
        for (int i = 0; i < LanePixels; i++) begin
          if (source[s*IndexWidth +: IndexWidth] == IndexWidth'(i) &&
              (PixelChunks * Chunks == 1 || (found[s] &&
              (Chunks == 1 || channel_i == 16'(c / LaneChannels * LaneChannels))))) begin
            pooled_o[(s*BeatChannels+c)*SumWidth +: SumWidth] =
              result[(i*LaneChannels+c%LaneChannels)*SumWidth +: SumWidth];
          end
        end
      end
    end
  end

  if (PixelChunks * Chunks > 1) begin : gen_held
    logic [Results*BeatChannels*SumWidth-1:0] held_q;

    always_ff @(posedge clk_i) begin
      if (step_i) begin
        held_q <= pooled_o;
      end
    end

    assign held = held_q;
  end else begin : gen_none_held
    assign held = '0;
  end

endmodule
